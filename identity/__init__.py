"""The portal's own drawing: marks of the subsectors, joints and covers made of them, colours, and share images."""
