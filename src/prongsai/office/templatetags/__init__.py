"""Words for the office's templates."""
