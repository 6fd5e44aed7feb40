"""A plan again after a loss, a refusal or a widening."""
