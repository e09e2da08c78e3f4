# SPDX-License-Identifier: Apache-2.0
# Installs the libraries, the headers, a CMake package and two pkg-config files, all of them free of absolute paths: an installed tree can be moved.
# The command, its suites and peers are installed where they are built, in the component `tools`. CPack: cmake/packages.cmake.
include(CMakePackageConfigHelpers)
set(clqnn_cmake_folder ${CMAKE_INSTALL_LIBDIR}/cmake/clqnn)
get_property(installed_libraries GLOBAL PROPERTY CLQNN_INSTALLED_LIBRARIES)

install(TARGETS ${installed_libraries} EXPORT clqnn-targets
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT runtime NAMELINK_COMPONENT development
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development
  INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY include/clqnn DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development FILES_MATCHING PATTERN "*.h")

install(EXPORT clqnn-targets NAMESPACE clqnn:: DESTINATION ${clqnn_cmake_folder} COMPONENT development)
configure_package_config_file(cmake/clqnn-config.cmake.in ${PROJECT_BINARY_DIR}/package/clqnn-config.cmake INSTALL_DESTINATION ${clqnn_cmake_folder}
  NO_SET_AND_CHECK_MACRO)
# Below 1.0 a minor version may change the interface.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/package/clqnn-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/package/clqnn-config.cmake ${PROJECT_BINARY_DIR}/package/clqnn-config-version.cmake DESTINATION ${clqnn_cmake_folder}
  COMPONENT development)

# The prefix of a pkg-config file is found from where the file lies, unless the folders are absolute.
file(RELATIVE_PATH pkgconfig_prefix /prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig /prefix)
string(REGEX REPLACE "/$" "" pkgconfig_prefix "\${pcfiledir}/${pkgconfig_prefix}")
foreach(folder LIBDIR INCLUDEDIR)
  if(IS_ABSOLUTE "${CMAKE_INSTALL_${folder}}")
    set(pkgconfig_${folder} "${CMAKE_INSTALL_${folder}}")
    set(pkgconfig_prefix "${CMAKE_INSTALL_PREFIX}")
  else()
    set(pkgconfig_${folder} "\${prefix}/${CMAKE_INSTALL_${folder}}")
  endif()
endforeach()
foreach(name clqnn clqnn_reference)
  configure_file(cmake/${name}.pc.in ${PROJECT_BINARY_DIR}/package/${name}.pc @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/package/${name}.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT development)
endforeach()

install(FILES LICENSE README.md CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT development)
if(TARGET clqnn_command AND NOT IS_ABSOLUTE "${CMAKE_INSTALL_LIBDIR}" AND CMAKE_INSTALL_BINDIR STREQUAL "bin")
  set_target_properties(clqnn_command PROPERTIES INSTALL_RPATH "$ORIGIN/../${CMAKE_INSTALL_LIBDIR}")
endif()

if(PROJECT_IS_TOP_LEVEL)
  include(cmake/packages.cmake)
endif()
