"""What happens when something breaks: processes killed, people in each other's way, disks full, databases away."""
