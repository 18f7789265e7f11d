"""Hall screens: what they say (view), where (layout), how it looks (theme), how it becomes pixels (paint)."""
