"""The assessors' pack with pictures of its pages, made by the worker for whoever asked, and thrown away after a day."""
