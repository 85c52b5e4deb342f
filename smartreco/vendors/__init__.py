"""What a vendor learns of his products and of the shops around them; frames in, frames out."""
