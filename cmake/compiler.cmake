# -Wno-restrict, -Wno-stringop-overflow: false alarms of GCC 12 at -O3 in std::string (PR 105651).
# Warnings and sanitizers for our own targets; link lathe_options PRIVATE from each of them.
add_library(lathe_options INTERFACE)
target_compile_options(lathe_options INTERFACE -Wall -Wextra -Wpedantic -Wno-missing-field-initializers -Wno-restrict -Wno-stringop-overflow -Werror)
if(LATHE_SANITIZE)
    target_compile_options(lathe_options INTERFACE
        -fsanitize=${LATHE_SANITIZE} -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
    target_link_options(lathe_options INTERFACE -fsanitize=${LATHE_SANITIZE})
endif()
