"""What the doors of all services have alike: problems and their pages, request ids, descriptions in OpenAPI 3.1."""
