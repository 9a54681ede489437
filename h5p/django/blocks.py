"""Blocks for pages."""

from h5p.django.choosers import chooser_viewset

# A content of the editor's choice; its value is a `Content`.
H5PContentChooserBlock = chooser_viewset.get_block_class(name="H5PContentChooserBlock", module_path="h5p.django.blocks")
