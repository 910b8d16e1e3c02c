"""The only writers of what the privacy app keeps."""
