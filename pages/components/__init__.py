"""What several pages draw with: one look, so that a page is layout and words only."""
