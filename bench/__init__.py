"""Speed and memory of Muster, as ratios against a floor or a peer measured in the same run."""
