using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace Splitrail.Datasets;

/// <summary>One string per distinct run of UTF-8 bytes, so that an id repeated a million times is allocated once. For one thread.</summary>
internal sealed class Utf8Interner
{
    private readonly HashSet<string> _strings = new(Comparer.Instance);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<byte>> _byBytes;

    public Utf8Interner(params IEnumerable<string> known)
    {
        _strings.UnionWith(known);
        _byBytes = _strings.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>The string of these bytes; null for none.</summary>
    public string? Get(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return null;
        if (_byBytes.TryGetValue(bytes, out var text)) return text;
        text = Encoding.UTF8.GetString(bytes);
        _strings.Add(text);
        return text;
    }

    public bool TryGet(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out string? text) => _byBytes.TryGetValue(bytes, out text);

    private sealed class Comparer : IEqualityComparer<string>, IAlternateEqualityComparer<ReadOnlySpan<byte>, string>
    {
        private const int StackBytes = 768;

        public static Comparer Instance { get; } = new();

        public bool Equals(string? x, string? y) => string.Equals(x, y, StringComparison.Ordinal);

        public int GetHashCode(string text)
        {
            var rented = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
            var hash = GetHashCode(rented.AsSpan(0, Encoding.UTF8.GetBytes(text, rented)));
            ArrayPool<byte>.Shared.Return(rented);
            return hash;
        }

        public bool Equals(ReadOnlySpan<byte> bytes, string text)
        {
            if (Ascii.IsValid(bytes)) return Ascii.Equals(bytes, text);
            Span<char> characters = bytes.Length <= StackBytes ? stackalloc char[StackBytes] : new char[bytes.Length];
            Utf8.ToUtf16(bytes, characters, out _, out var written);
            return text.AsSpan().SequenceEqual(characters[..written]);
        }

        public int GetHashCode(ReadOnlySpan<byte> bytes)
        {
            var hash = default(HashCode);
            hash.AddBytes(bytes);
            return hash.ToHashCode();
        }

        public string Create(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
    }
}
