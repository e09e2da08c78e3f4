# SPDX-License-Identifier: Apache-2.0
# clqnn_options: warnings, the float rules that the numeric contract needs, and sanitizers. Every target of this project links it privately.
add_library(clqnn_options INTERFACE)
target_compile_options(clqnn_options INTERFACE
  -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wpointer-arith -Wcast-qual -Wconversion -Wno-sign-conversion
  -ffp-contract=off $<$<BOOL:${CLQNN_WERROR}>:-Werror>)
target_compile_definitions(clqnn_options INTERFACE _POSIX_C_SOURCE=200809L CL_TARGET_OPENCL_VERSION=120)
target_include_directories(clqnn_options INTERFACE $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>)
if(CLQNN_SANITIZE)
  target_compile_options(clqnn_options INTERFACE -fsanitize=${CLQNN_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(clqnn_options INTERFACE -fsanitize=${CLQNN_SANITIZE})
endif()
