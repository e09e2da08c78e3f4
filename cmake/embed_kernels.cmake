# SPDX-License-Identifier: Apache-2.0
# clqnn_embed_kernels(TARGET FOLDER): compiles every .cl file below FOLDER into TARGET as bytes. The generated file defines
#     const clq_kernel_source clq_kernel_sources[]; const size_t clq_kernel_source_count;
# (host/device/kernel_source.h), one entry a file, named by its path below FOLDER without ".cl".
function(clqnn_embed_kernels target folder)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS ${folder}/*.cl)
  set(output ${CMAKE_CURRENT_BINARY_DIR}/kernel_sources.c)
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DFOLDER=${folder} -DOUTPUT=${output} -P ${PROJECT_SOURCE_DIR}/cmake/embed_kernels_script.cmake
    DEPENDS ${files} ${PROJECT_SOURCE_DIR}/cmake/embed_kernels_script.cmake
    COMMENT "Embedding the kernels" VERBATIM)
  target_sources(${target} PRIVATE ${output})
endfunction()
