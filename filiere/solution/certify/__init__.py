"""The certificate: everything a plan claims, recomputed from its own figures without the model."""
