"""The engines that answer one question quickly; Spark is asked many at a time (tests/engines/test_spark_*.py)."""

QUICK_ENGINES = ("duckdb", "sqlite")
