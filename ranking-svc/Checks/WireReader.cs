namespace Splitrail.RankingSvc.Checks;

/// <summary>Walks the fields of one protobuf message without trusting any length in it.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> message)
{
    private const int Varint = 0, Fixed64 = 1, Delimited = 2, Fixed32 = 5;
    private ReadOnlySpan<byte> _rest = message;

    public int Field { get; private set; }

    /// <summary>The field's bytes: of a nested message, a text, packed numbers, or a number of fixed width.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>The field's value when it is a whole number.</summary>
    public ulong Number { get; private set; }

    /// <summary>False at the message's end.</summary>
    /// <exception cref="InvalidDataException">It ends inside a field, or has a field of a kind there is not.</exception>
    public bool Next()
    {
        if (_rest.IsEmpty)
            return false;
        var tag = ReadVarint();
        Field = (int)Math.Min(tag >> 3, int.MaxValue);
        Bytes = default;
        Number = 0;
        switch ((int)(tag & 7))
        {
            case Varint:
                Number = ReadVarint();
                break;
            case Fixed64:
                Bytes = Take(8);
                break;
            case Delimited:
                Bytes = Take(ReadVarint());
                break;
            case Fixed32:
                Bytes = Take(4);
                break;
            default:
                throw new InvalidDataException($"field {Field} is of no kind that exists");
        }

        return true;
    }

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }

        throw new InvalidDataException("a number is longer than ten bytes");
    }

    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)_rest.Length)
            throw new InvalidDataException($"{length} bytes are announced where {_rest.Length} are left");
        var taken = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return taken;
    }
}
