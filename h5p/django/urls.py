"""Addresses of the player. Mount them where nobody has to be logged in."""

from django.urls import path

from h5p.django.views import files, player

app_name = "h5p"

urlpatterns = [
    path("lib/<str:tree_hash>/<path:path>", files.library_file, name="library_file"),
    path("c/<str:token>/<path:path>", files.content_file, name="content_file"),
    path("core/<path:path>", files.core_file, name="core_file"),
    path("bundle/<str:name>", files.bundle, name="bundle"),
    path("player/<str:token>/", player.player, name="player"),
    path("public/<uuid:key>/", player.public, name="public"),
]
