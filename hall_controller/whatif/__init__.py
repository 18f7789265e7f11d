"""What would happen if: recorded days of a hall played again through its real rules, with something changed."""
