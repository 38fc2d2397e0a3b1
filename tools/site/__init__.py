"""The pages of the documentation that are made of the library itself, when it is built."""
