"""The service: who may see and do what with returns, as pages and an API over the library."""
