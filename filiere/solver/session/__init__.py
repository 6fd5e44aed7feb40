"""One open programme in HiGHS: solved, changed in place, solved again."""
