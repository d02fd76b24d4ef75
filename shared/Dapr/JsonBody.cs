using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Splitrail.Dapr;

/// <summary>A request body of known length in a rented buffer, given back when the request is disposed.</summary>
internal sealed class JsonBody : HttpContent
{
    // Parsed once: daprd publishes a body as JSON only when its type says so.
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    [ThreadStatic]
    private static Utf8JsonWriter? _idleWriter;

    private readonly PooledBuffer _buffer = new(1024);

    private JsonBody() => Headers.ContentType = Json;

    public static JsonBody Of<T>(T value, JsonTypeInfo<T> type) => Write((value, type), static (writer, state) => JsonSerializer.Serialize(writer, state.value, state.type));

    public static JsonBody Write<TState>(TState state, Action<Utf8JsonWriter, TState> write)
    {
        var body = new JsonBody();
        // A converter may itself make a body: it must not meet the writer in use.
        var writer = _idleWriter ?? new Utf8JsonWriter(body._buffer, new JsonWriterOptions { SkipValidation = true });
        _idleWriter = null;
        try
        {
            writer.Reset(body._buffer);
            write(writer, state);
            writer.Flush();
            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
        finally
        {
            writer.Reset();
            _idleWriter = writer;
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _buffer.Length;
        return true;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        stream.WriteAsync(_buffer.Memory, cancellationToken).AsTask();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _buffer.Dispose();
        base.Dispose(disposing);
    }
}
