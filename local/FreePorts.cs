using System.Net;
using System.Net.Sockets;

namespace Splitrail.Local;

/// <summary>
/// Ports for processes that bind a second later. They lie below the range from which the system serves outgoing connections, and one process hands none
/// out twice: otherwise a connection, or another suite of the same test run, takes the port in between.
/// </summary>
internal static class FreePorts
{
    private const int First = 20_000;
    private const int Count = 12_000;
    private static int s_next = Environment.ProcessId * 101 % Count;

    /// <exception cref="InvalidOperationException">Fewer than <paramref name="count"/> ports are free.</exception>
    public static int[] Take(int count)
    {
        var taken = new List<int>(count);
        for (var tried = 0; tried < Count && taken.Count < count; tried++)
        {
            var port = First + ((Interlocked.Increment(ref s_next) & int.MaxValue) % Count);
            if (IsFree("127.0.0.1", port))
                taken.Add(port);
        }

        return taken.Count == count
            ? [.. taken]
            : throw new InvalidOperationException($"Only {taken.Count} of {count} ports are free from {First} to {First + Count - 1}.");
    }

    public static bool IsFree(string host, int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Parse(host), port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
