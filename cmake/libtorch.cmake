# LibTorch as an imported target, by hand: TorchConfig.cmake insists on a CUDA toolkit that a CPU build does not need.
# libtorch_cuda.so is never linked; it is opened at run time. scripts/deps.sh fetches what is named here.
#
# The run path is a DT_RPATH: libtorch_cpu.so looks for libcudart and libcupti by its loader's, and a DT_RUNPATH is not inherited.
if(LATHE_LIBTORCH)
    set(_torch ${LATHE_LIBTORCH})
else()
    set(_torch $ENV{HOME}/.cache/lathe/libtorch-2.11.0/torch)
endif()
set(_cuda_runtime $ENV{HOME}/.cache/lathe/cuda-runtime)
set(_version_h ${_torch}/include/torch/headeronly/version.h)
foreach(_file ${_version_h} ${_torch}/lib/libtorch_cpu.so ${_torch}/lib/libc10.so)
    if(NOT EXISTS ${_file})
        message(FATAL_ERROR "LibTorch is not at ${_torch} (no ${_file}): run ./run or ./test, which fetch it, or name one with -DLATHE_LIBTORCH=DIR")
    endif()
endforeach()
file(STRINGS ${_version_h} _version REGEX "define TORCH_VERSION_(MAJOR|MINOR|PATCH) ")
string(REGEX MATCHALL "[0-9]+" _version "${_version}")
list(JOIN _version "." _version)
if(NOT _version STREQUAL "2.11.0")
    message(FATAL_ERROR "LibTorch at ${_torch} is ${_version}, not 2.11.0: give another with -DLATHE_LIBTORCH=DIR")
endif()

add_library(lathe_torch INTERFACE)
target_include_directories(lathe_torch SYSTEM INTERFACE ${_torch}/include ${_torch}/include/torch/csrc/api/include)
target_link_libraries(lathe_torch INTERFACE ${_torch}/lib/libtorch_cpu.so ${_torch}/lib/libc10.so)
target_link_options(lathe_torch INTERFACE "LINKER:--disable-new-dtags" "LINKER:-rpath,${_torch}/lib"
    "LINKER:-rpath,${_cuda_runtime}" "LINKER:--allow-shlib-undefined")

# The tensor headers cost 9-19 s a file. lathe_torch_pch(TARGET) takes them from one header compiled ahead, built once a tree.
# A source with flags of its own (-fopenmp) needs SKIP_PRECOMPILE_HEADERS.
add_library(lathe_torch_headers OBJECT ${PROJECT_SOURCE_DIR}/cmake/torch_headers.cpp)
set_target_properties(lathe_torch_headers PROPERTIES CXX_CLANG_TIDY "")
target_link_libraries(lathe_torch_headers PRIVATE lathe_options lathe_torch)
# ccache reads past a precompiled header only with this flag (and CCACHE_SLOPPINESS, which ./run and ./test set).
target_compile_options(lathe_torch_headers PRIVATE -fpch-preprocess)
target_precompile_headers(lathe_torch_headers PRIVATE ${PROJECT_SOURCE_DIR}/cmake/torch_headers.h)
function(lathe_torch_pch target)
    # -fPIC after CMake's -fPIE: a program would otherwise be refused the libraries' header.
    target_compile_options(${target} PRIVATE -fPIC -fpch-preprocess)
    target_precompile_headers(${target} REUSE_FROM lathe_torch_headers)
endfunction()
