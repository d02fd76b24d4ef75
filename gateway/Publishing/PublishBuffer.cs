using System.Threading.Channels;

namespace Splitrail.Gateway.Publishing;

/// <summary>What waits to be published. Adding never makes a request wait: what finds no room is dropped and counted.</summary>
/// <param name="size">Most that wait.</param>
/// <param name="dropped">Told how many were lost, and why.</param>
internal sealed class PublishBuffer<T>(int size, Action<int, string> dropped)
{
    private readonly Channel<T> _channel =
        Channel.CreateBounded<T>(new BoundedChannelOptions(size) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    public ChannelReader<T> Reader => _channel.Reader;

    public void Add(T one)
    {
        if (!_channel.Writer.TryWrite(one))
            dropped(1, "buffer_full");
    }

    /// <summary>Counts what is lost after it was taken.</summary>
    public void Lose(int count, string reason) => dropped(count, reason);

    /// <summary>No more will come: the publisher sends what is left.</summary>
    public void Complete() => _channel.Writer.TryComplete();
}
