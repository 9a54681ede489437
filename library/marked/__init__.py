"""Word files that lawyers send with marks in them: what they may be, what they ask for, how they are filled in."""
