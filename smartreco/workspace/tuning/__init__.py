"""The analyst's bench: measure a recipe, compare lists, search for a better one."""
