#!/bin/bash
# Data races between the GUI's thread, the engine's and its helpers': builds the tests where they meet under ThreadSanitizer and runs them.
# Usage: scripts/check_tsan.sh [CTest arguments…]
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/build.sh"
tests=(engine_bridge_test window_engine_test chat_service_test job_thread_test parallel_test store_test)
build tsan test "${tests[@]}"
export TSAN_OPTIONS="suppressions=$root/tests/tsan.supp:halt_on_error=0:exitcode=66:history_size=4"
# Without address space randomisation: GCC 12's ThreadSanitizer cannot map its shadow under a newer kernel's.
exec setarch -R ctest --test-dir build/tsan --output-on-failure -R "^($(IFS='|'; echo "${tests[*]}"))\$" "$@"
