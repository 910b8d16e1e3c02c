"""The commands of the service; the library names them and imports one only when it is asked for."""
