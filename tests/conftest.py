"""Settings for all tests."""
import os

from hypothesis import settings

settings.register_profile("book", deadline=None, print_blob=True)  # a slow machine is not a failing test
settings.register_profile("repeatable", settings.get_profile("book"), derandomize=True, database=None)  # for tools/mutants.py
settings.register_profile("quick", settings.get_profile("book"), max_examples=10)  # for make check
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "book"))
