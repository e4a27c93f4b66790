# LibTorch as an imported target, by hand: TorchConfig.cmake insists on a CUDA toolkit that a CPU build does not need.
# libtorch_cuda.so is never linked; it is opened at run time.
if(LATHE_LIBTORCH)
    set(_torch ${LATHE_LIBTORCH})
else()
    set(_torch $ENV{HOME}/.cache/lathe/libtorch-2.11.0/torch)
endif()
if(NOT EXISTS ${_torch}/include/torch/csrc/api/include/torch/version.h OR NOT EXISTS ${_torch}/lib/libtorch_cpu.so)
    message(FATAL_ERROR "LibTorch is not at ${_torch}: run ./run or ./test, which fetch it, or name one with -DLATHE_LIBTORCH=DIR")
endif()
file(STRINGS ${_torch}/include/torch/csrc/api/include/torch/version.h _version REGEX "define TORCH_VERSION ")
if(NOT _version MATCHES "\"2\\.11\\.0")
    message(FATAL_ERROR "LibTorch at ${_torch} is not 2.11.0 (${_version}): give another with -DLATHE_LIBTORCH=DIR")
endif()
add_library(lathe_torch INTERFACE)
target_include_directories(lathe_torch SYSTEM INTERFACE ${_torch}/include ${_torch}/include/torch/csrc/api/include)
target_link_libraries(lathe_torch INTERFACE ${_torch}/lib/libtorch_cpu.so ${_torch}/lib/libc10.so)
target_link_options(lathe_torch INTERFACE
    "LINKER:-rpath,${_torch}/lib" "LINKER:-rpath,$ENV{HOME}/.cache/lathe/cuda-runtime" "LINKER:--allow-shlib-undefined")
