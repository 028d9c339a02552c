'''), ('''
block cmake >CMakeLists.txt
''','''
# Without the header that this project's own build has in each of them.
# shellcheck disable=SC2046
"${CXX:-g++}" -std=c++17 -fsyntax-only $(pkg-config --cflags ns3-loopback) lambda.cc 2>/dev/null ||
    for script in $(grep -l 'Schedule(.*\\[=\\]' ./*.cc); do
        echo "skipped: ${script#./}: this ns-3 schedules no lambdas"
        rm "$script"
    done
rm lambda.cc

block cmake >CMakeLists.txt
'''))
