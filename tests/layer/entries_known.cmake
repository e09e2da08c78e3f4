# SPDX-License-Identifier: Apache-2.0
# cmake -DNM=... -DLIBRARY=... -DENTRIES=layer_entries.def -P entries_known.cmake
# Fails if the library imports an OpenCL function that the layer does not stand before: its objects and failures would go unseen.
execute_process(COMMAND ${NM} --dynamic --undefined-only ${LIBRARY} OUTPUT_VARIABLE symbols COMMAND_ERROR_IS_FATAL ANY)
file(READ ${ENTRIES} entries)
string(REGEX MATCHALL " U cl[A-Z][A-Za-z0-9]*" imports "${symbols}")
list(LENGTH imports count)
if(count EQUAL 0)
  message(FATAL_ERROR "${LIBRARY} imports no OpenCL function: is it the right file?")
endif()
foreach(import IN LISTS imports)
  string(REPLACE " U " "" name "${import}")
  if(NOT entries MATCHES "[(, ]${name}[,)]")
    message(SEND_ERROR "the layer does not know ${name}, which ${LIBRARY} imports")
  endif()
endforeach()
message(STATUS "${count} OpenCL functions are imported, all known")
