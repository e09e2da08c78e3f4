/* SPDX-License-Identifier: Apache-2.0 */
/* Symbol visibility. Everything that is not marked CLQNN_API stays inside the library. */
#ifndef CLQNN_EXPORT_H
#define CLQNN_EXPORT_H

#if defined(__GNUC__)
#define CLQNN_API __attribute__((visibility("default")))
#else
#define CLQNN_API
#endif

#endif
