"""Facts in, figures out: what a hall can show for its days, and how sure it can be of it; pure."""
