# SPDX-License-Identifier: Apache-2.0
# clqnn_embed_kernels(TARGET FOLDER...): compiles every .cl file below the FOLDERs into TARGET as bytes. The generated file defines
#     const clq_kernel_source clq_kernel_sources[]; const size_t clq_kernel_source_count;
# (host/device/kernel_source.h), one entry a file, named by its path below its FOLDER without ".cl".
function(clqnn_embed_kernels target)
  set(files "")
  foreach(folder IN LISTS ARGN)
    file(GLOB_RECURSE found CONFIGURE_DEPENDS ${folder}/*.cl)
    list(APPEND files ${found})
  endforeach()
  string(REPLACE ";" "|" folders "${ARGN}")
  set(output ${CMAKE_CURRENT_BINARY_DIR}/kernel_sources.c)
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DFOLDERS=${folders} -DOUTPUT=${output} -P ${PROJECT_SOURCE_DIR}/cmake/embed_kernels_script.cmake
    DEPENDS ${files} ${PROJECT_SOURCE_DIR}/cmake/embed_kernels_script.cmake
    COMMENT "Embedding the kernels" VERBATIM)
  target_sources(${target} PRIVATE ${output})
endfunction()
