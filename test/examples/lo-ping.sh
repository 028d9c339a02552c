#!/usr/bin/env bash
# Run lo-ping, and check what it prints, writes and refuses. Usage: see common.sh
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/common.sh"

check_ping()
{
    run 0
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
    is_same expected beginning
    prints '1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65535'
    prints '840      10      0'
    for delivery in Immediate Scheduled Backlog; do
        run 0 --delivery $delivery --dest ::1 --count 3 --interval 200ms
        prints 'PING ::1(::1) 56 data bytes'
        prints '64 bytes from ::1: icmp_seq=3 ttl=64 time=0.000 ms'
        prints '3 packets transmitted, 3 received, 0% packet loss, time 400ms'
    done
    for dest in 127.0.0.9 10.1.1.1 2001:db8::1; do
        run 0 --dest $dest --count 1 --size 0
        prints "8 bytes from $dest: icmp_seq=1 ttl=64"
    done
    run 0 --dest 64:ff9b::192.0.2.1 --count 1 '--ns3::NetemQueueDisc::Parameters=delay 5ms'
    prints 'PING 64:ff9b::c000:201(64:ff9b::c000:201) 56 data bytes'
    for most in '127.0.0.1 65507' '::1 65527'; do
        run 0 --dest "${most% *}" --size "${most#* }" --count 1 --mtu 1500
        prints "$((${most#* } + 8)) bytes from ${most% *}: icmp_seq=1"
    done
    for object in 'ns3::RateErrorModel[RanVar=ns3::ConstantRandomVariable[Constant=1]]' \
        'ns3::RateErrorModel[ErrorUnit=ERROR_UNIT_PACKET|ErrorRate=0]'; do
        run 0 --count 1 "--ns3::LoNetDevice::ReceiveErrorModel=$object"
        prints '1 received'
    done
    run 1 --count 2 --netem 'loss 100%'
    prints '2 packets transmitted, 0 received, 100% packet loss, time 1000ms'
    is 'stderr' '' "$(cat err)"
    run 0 --count 1 --netem 'delay 5ms duplicate 100%'
    prints 'icmp_seq=1 ttl=64 time=10.0 ms'
    prints '1 received, +3 duplicates, 0% packet loss, time 10ms'
    prints 'rtt min/avg/max/mdev = 10.000/10.000/10.000/0.000 ms'
}

# Compare with Linux's ping, except for the times, where a network namespace can be made.
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
            "${lo[@]}" ping -n -c 2 -i 0.2 -s $size $dest >linux || true
            run 0 --count 2 --interval 0.2 --size $size --dest $dest
            for file in linux out; do
                # Only newer iputils have the blank in "::1 (::1)".
                sed -E 's/^(PING [^ (]+) ?\(/\1(/; s/[0-9]+\.[0-9]+|time [0-9]+/T/g; 7q' $file \
                    >$file.shape
            done
            is_same linux.shape out.shape
        done
    done
}

check_ping_files()
{
    run 0 --count 3 --pcap lo.pcap --ascii lo.tr --json lo.json --plot lo
    is 'requests in the capture' 3 "$(count lo.pcap 'icmp.type == 8')"
    is 'replies in the capture' 3 "$(count lo.pcap 'icmp.type == 0')"
    is 'received bytes' 504 "$(json lo.json 'link["stats64"]["rx"]["bytes"]')"
    is 'sent packets' 6 "$(json lo.json 'link["stats64"]["tx"]["packets"]')"
    is 'lines of the ascii trace' '6 + 6 - 6 r' "$(cut -c1 lo.tr | LC_ALL=C sort | uniq -c | xargs)"
    is 'the columns of packets and bytes in the series' \
        'rxPackets (packets),txPackets (packets),rxBytes (bytes),txBytes (bytes)' \
        "$(head -1 lo.csv | cut -d, -f4-7)"
    is 'the counters in its last line' 6,6,504,504 "$(tail -1 lo.csv | cut -d, -f4-7)"
    is 'packets between two pings' 2 "$(grep '^0\.5' lo.csv | cut -d, -f4)"
    plots lo lo-total
    run 0 --count 3 --json -
    is 'the link on stdout, beside the report on stderr' lo "$(json out 'link["ifname"]')"
    run 0 --count 3 --ascii -
    is 'lines of the ascii trace on stdout' 18 "$(grep -c '^[-+r] ' out)"
    refuses "another option writes 'lo.csv' already" --plot lo --json lo.csv
    refuses_files --pcap --pcapng --ascii --json --plot
    refuses "cannot write '/dev/full': No space left" --json /dev/full
    for option in --pcap --pcapng --ascii; do
        ns3_refuses "cannot write '/dev/full': No space left" $option /dev/full
    done
    ln -s loop loop
    refuses "--json: cannot write 'loop': Too many levels" --json loop
    ln -s target link
    run 0 --json link
    is 'the link' target "$(readlink link)"
    is 'the link that was written' lo "$(json target 'link["ifname"]')"
    run 0 --count 3 --json /dev/stdout
    is 'the link on /dev/stdout, beside the report on stderr' lo "$(json out 'link["ifname"]')"
    run 0 --count 1 --interval 1ns --plot short
    is 'whether a plot of short intervals ends' yes "$([ "$(wc -l <short.csv)" -lt 20000 ] && echo yes)"
    ran="$name >/dev/full"
    is 'stderr' "$name: cannot write standard output" "$("$program" 2>&1 >/dev/full || true)"
}

check_ping_options()
{
    for count in -1 0 65536 x 1.5 99999999999999999999; do
        refuses "--count: cannot be '$count'" --count=$count
    done
    for interval in -1s 0 5x s 25h 1.2.3 nan inf; do
        refuses "--interval: cannot be '$interval'" --interval=$interval
    done
    refuses "--size: cannot be '65528'" --size 65528
    refuses '--size: ' --size 65508
    for mtu in -1 67 65536; do
        refuses '--mtu: ' --mtu=$mtu
    done
    for dest in x 127.0.0 224.0.0.1 255.255.255.255 0.0.0.0 :: ff02::1 ::ffff:192.0.2.1 localhost \
        127.0.0.1x; do
        refuses "--dest: cannot be '$dest'" --dest $dest
    done
    refuses '--delivery: ' --delivery immediate
    refuses '--netem: ' --netem 'delay 1ms foo'
    refuses "'stray'" stray
    refuses '--count' --count 1 --count 2
    refuses '--json' --json ''
    ns3_refuses 'invalid Seed 0' --RngSeed=0
    refuses "SchedulerType: cannot be 'ns3::LoNetDevice'" --SchedulerType=ns3::LoNetDevice
    run 0 --SchedulerType=ns3::HeapScheduler
}

check_config()
{
    printf 'count = 2 # of them\ndest = ::1\nns3::LoNetDevice::Mtu = 1500\nRngRun = 3\n' >config
    run 0 --config config
    prints 'PING ::1(::1)'
    prints '2 packets transmitted'
    prints 'mtu 1500'
    run 0 --config config --count 1 --ns3::LoNetDevice::Mtu=1400
    prints '1 packets transmitted'
    prints 'mtu 1400'
    # An attribute and the option for it are one.
    for line in mtu=1500 ns3::LoNetDevice::Mtu=1500; do
        echo "count=1 $line" | tr ' ' '\n' >config
        for option in --mtu --ns3::LoNetDevice::Mtu; do
            run 0 --config config $option=1400
            prints 'mtu 1400'
        done
    done
    echo '--count=2' >config
    run 0 --config config
    prints '2 packets transmitted'
    run 0 --config <(echo count=3)
    prints '3 packets transmitted'
    for line in cuont=3 ns3::LoNetDevice::Budget=0 'count = -1'; do
        echo "$line" >config
        refuses "${line%%[= ]*}" --config config
    done
}

check_options
check_ping
check_ping_as_linux
check_ping_files
check_ping_options
check_config
finish
