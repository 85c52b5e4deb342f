"""Why a product stands where it stands: for analysts, down to the last addend."""
