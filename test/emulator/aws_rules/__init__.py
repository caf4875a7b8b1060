"""Rules of AWS that localemu 1.3.2 does not keep, one function each. `rules.py` puts them in force."""
