# <build>/assets is all that the program loads at run time: links to the repository's assets and,
# in fonts/, the faces from imgui-bundle and from Debian. The program finds it from its own place,
# <build>/app/dentate.
set(assets ${PROJECT_BINARY_DIR}/assets)
file(MAKE_DIRECTORY ${assets}/fonts)

file(GLOB_RECURSE asset_files CONFIGURE_DEPENDS
  RELATIVE ${PROJECT_SOURCE_DIR}/assets ${PROJECT_SOURCE_DIR}/assets/*)
foreach(file ${asset_files})
  cmake_path(GET file PARENT_PATH folder)
  file(MAKE_DIRECTORY ${assets}/${folder})
  file(CREATE_LINK ${PROJECT_SOURCE_DIR}/assets/${file} ${assets}/${file} SYMBOLIC)
endforeach()

set(bundled_fonts ${gui_source}/fonts)
foreach(font
    ${bundled_fonts}/Roboto-Regular.ttf
    ${bundled_fonts}/Roboto-Bold.ttf
    ${bundled_fonts}/Inconsolata-Medium.ttf
    ${bundled_fonts}/fontawesome-webfont.ttf
    /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf)  # for the signs that Roboto lacks
  file(COPY ${font} DESTINATION ${assets}/fonts)
endforeach()

# The presets, beside the assets.
file(CREATE_LINK ${PROJECT_SOURCE_DIR}/configs ${PROJECT_BINARY_DIR}/configs SYMBOLIC)
