#!/usr/bin/env bash
# Runs lo-ping, and checks what it prints, writes and refuses. Usage: see common.sh
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/common.sh"

check_ping()
{
    run lo-ping
    gives 0
    cat >expected <<'END'
PING 127.0.0.1 (127.0.0.1) 56(84) bytes of data.
64 bytes from 127.0.0.1: icmp_seq=1 ttl=64 time=0.000 ms
64 bytes from 127.0.0.1: icmp_seq=2 ttl=64 time=0.000 ms
64 bytes from 127.0.0.1: icmp_seq=3 ttl=64 time=0.000 ms
64 bytes from 127.0.0.1: icmp_seq=4 ttl=64 time=0.000 ms
64 bytes from 127.0.0.1: icmp_seq=5 ttl=64 time=0.000 ms

--- 127.0.0.1 ping statistics ---
5 packets transmitted, 5 received, 0% packet loss, time 4000ms
rtt min/avg/max/mdev = 0.000/0.000/0.000/0.000 ms

END
    head -11 out >beginning
    same expected beginning
    prints '1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65535'
    prints '840      10      0'

    for delivery in Immediate Scheduled Backlog; do
        run lo-ping --delivery "$delivery" --dest ::1 --count 3 --interval 200ms
        gives 0
        prints 'PING ::1(::1) 56 data bytes'
        prints '64 bytes from ::1: icmp_seq=3 ttl=64 time=0.000 ms'
        prints '3 packets transmitted, 3 received, 0% packet loss, time 400ms'
    done
    for dest in 127.0.0.9 10.1.1.1 2001:db8::1; do
        run lo-ping --dest "$dest" --count 1 --size 16
        gives 0
        prints "24 bytes from $dest: icmp_seq=1 ttl=64"
    done
    for most in '127.0.0.1 65507' '::1 65527'; do
        run lo-ping --dest "${most% *}" --size "${most#* }" --count 1 --mtu 1500
        gives 0
        prints "$((${most#* } + 8)) bytes from ${most% *}: icmp_seq=1"
    done

    run lo-ping --count 2 "$(loses 1)"
    gives 1
    prints '2 packets transmitted, 0 received, 100% packet loss, time 1000ms'
    is 'stderr' '' "$(cat err)"
}

# As Linux's ping, but for the times: in a network namespace of our own, where one can be made.
check_ping_as_linux()
{
    local lo=(unshare --net sh -c 'ip link set lo up && exec "$@"' sh)
    if ! "${lo[@]}" true 2>/dev/null; then
        echo "skipped: comparison with Linux's ping (no network namespace can be made)"
        skipped=$((skipped + 1))
        return
    fi
    for dest in 127.0.0.1 ::1; do
        for size in 16 56 1400; do
            "${lo[@]}" ping -n -c 2 -i 0.2 -s "$size" "$dest" >linux || true
            run lo-ping --count 2 --interval 0.2 --size "$size" --dest "$dest"
            for file in linux out; do
                # Newer iputils have a blank in "::1 (::1)" that older ones have not.
                sed -E 's/^(PING [^ (]+) ?\(/\1(/; s/[0-9]+\.[0-9]+|time [0-9]+/T/g; 7q' "$file" \
                    >"$file.shape"
            done
            same linux.shape out.shape
        done
    done
}

check_ping_files()
{
    run lo-ping --count 3 --pcap lo.pcap --ascii lo.tr --json lo.json --series lo.csv
    gives 0
    is 'packets in the capture' 6 "$(tshark -r lo.pcap 2>/dev/null | wc -l)"
    is 'requests in the capture' 3 "$(tshark -r lo.pcap -Y 'icmp.type == 8' 2>/dev/null | wc -l)"
    is 'received bytes' 504 "$(json lo.json 'link["stats64"]["rx"]["bytes"]')"
    is 'sent packets' 6 "$(json lo.json 'link["stats64"]["tx"]["packets"]')"
    is 'lines of the ascii trace' '6 + 6 - 6 r' \
        "$(cut -c1 lo.tr | LC_ALL=C sort | uniq -c | xargs)"
    is 'first line of the series' time_s,tx_packets,tx_bytes,rx_packets,rx_bytes "$(head -1 lo.csv)"
    is 'last line of the series' 2.000000000,6,504,6,504 "$(tail -1 lo.csv)"
    is 'lines of the series' 13 "$(wc -l <lo.csv)"
    run lo-ping --count 3 --json /dev/stdout
    gives 0
    prints '"ifname":"lo"'
    for option in pcap ascii json series; do
        refuses /dev/full lo-ping --"$option" /dev/full
        # These two before the simulation, by a file that is to take the name in the end.
        case $option in
            pcap | json) verb='write' ;;
            *) verb='open' ;;
        esac
        refuses "can not $verb 'none/file'" lo-ping --"$option" none/file
        refuses "can not $verb 'lo.json/file': Not a directory" lo-ping --"$option" lo.json/file
        refuses "can not open '.': Is a directory" lo-ping --"$option" .
    done
    status=0
    "$(program lo-ping)" >/dev/full 2>err || status=$?
    ran='lo-ping >/dev/full'
    gives 1
    prints "can not write 'standard output'" err
    # A disk that gets full midway.
    status=0
    (
        trap '' XFSZ
        ulimit -f 1
        "$(program lo-ping)" --count 50 --pcap cut.pcap >/dev/null 2>err
    ) || status=$?
    ran='lo-ping --pcap with a file size limit'
    gives 1
    prints "can not write 'cut.pcap': File too large" err
}

check_ping_options()
{
    for count in -1 0 65536 x 1.5 99999999999999999999 ''; do
        refuses --count lo-ping --count "$count"
    done
    for interval in -1s 0 5x 1e3 s 25h 1.2.3 nan inf; do
        refuses "--interval: '$interval'" lo-ping --interval "$interval"
    done
    for size in -1 65528 x; do
        refuses "--size: '$size'" lo-ping --size "$size"
    done
    refuses '--size: 65508' lo-ping --size 65508
    refuses '--size: 15 is less than the 16' lo-ping --size 15
    for mtu in -1 67 65536; do
        refuses "--mtu: '$mtu'" lo-ping --mtu "$mtu"
    done
    for dest in x 127.0.0 224.0.0.1 255.255.255.255 0.0.0.0 :: ff02::1 localhost 127.0.0.1x; do
        refuses "--dest: '$dest'" lo-ping --dest "$dest"
    done
    refuses "--delivery: 'immediate'" lo-ping --delivery immediate
    refuses "'stray'" lo-ping stray
    refuses '--count' lo-ping --count 1 --count 2
}

check_config()
{
    printf 'count = 2 # of them\ndest = ::1\nns3::LoNetDevice::Mtu = 1500\nRngRun = 3\n' >config
    run lo-ping --config config
    gives 0
    prints 'PING ::1(::1)'
    prints '2 packets transmitted'
    prints 'mtu 1500'
    run lo-ping --config config --count 1 --ns3::LoNetDevice::Mtu=1400
    prints '1 packets transmitted'
    prints 'mtu 1400'
    for line in cuont=3 garbage ns3::LoNetDevice::Mtu=1 config=config; do
        echo "$line" >config
        refuses "'config'" lo-ping --config config
    done
    echo 'count = -1' >config
    refuses "--count: '-1'" lo-ping --config config
}

check_options
check_ping
check_ping_as_linux
check_ping_files
check_ping_options
check_config
finish
