# SPDX-License-Identifier: Apache-2.0
# clqnn_device_test(NAME name COMMAND command... [LABELS label...] [TIMEOUT seconds] [ENVIRONMENT A=b...])
# A CTest case that needs an OpenCL device. All of them share one folder of compiled programs, whoever runs first fills it; the presets name
# one for all builds, since the sanitizers slow down the runtime's compiler twentyfold and change nothing of what it makes. Exit
# status 77 is a counted skip. X_guard_pages waits for X, since both would build the same programs side by side; for the same reason the library's choice
# among variants is tested after them. The sanitizers' suppressions name the driver's libraries and nothing else.
set(CLQNN_TEST_CACHE ${PROJECT_BINARY_DIR}/test_cache CACHE PATH "Folder of the programs that tests compile")
set(CLQNN_TEST_ENVIRONMENT
  CLQNN_CACHE_DIR=${CLQNN_TEST_CACHE}/clqnn
  POCL_CACHE_DIR=${CLQNN_TEST_CACHE}/pocl
  LSAN_OPTIONS=suppressions=${CMAKE_CURRENT_LIST_DIR}/sanitizers/lsan.supp:print_suppressions=0
  TSAN_OPTIONS=suppressions=${CMAKE_CURRENT_LIST_DIR}/sanitizers/tsan.supp:ignore_noninstrumented_modules=1)
file(MAKE_DIRECTORY ${CLQNN_TEST_CACHE}/clqnn ${CLQNN_TEST_CACHE}/pocl)

function(clqnn_device_test)
  cmake_parse_arguments(PARSE_ARGV 0 TEST "" "NAME;TIMEOUT" "COMMAND;LABELS;ENVIRONMENT")
  if(NOT TEST_TIMEOUT)
    set(TEST_TIMEOUT 300)
  endif()
  add_test(NAME ${TEST_NAME} COMMAND ${TEST_COMMAND})
  set_tests_properties(${TEST_NAME} PROPERTIES ENVIRONMENT "${CLQNN_TEST_ENVIRONMENT};${TEST_ENVIRONMENT}" SKIP_RETURN_CODE 77
                       TIMEOUT ${TEST_TIMEOUT} LABELS "${TEST_LABELS}")
  if(TEST_NAME MATCHES "^(.*)_guard_pages$")
    set_tests_properties(${TEST_NAME} PROPERTIES DEPENDS ${CMAKE_MATCH_1})
  endif()
endfunction()
