"""Words for the portal's own templates; what the preview shares is in `record.templatetags`."""
