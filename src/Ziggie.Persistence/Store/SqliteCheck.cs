using System.Buffers.Binary;
using Microsoft.Data.Sqlite;

namespace Ziggie.Persistence.Store;

/// <summary>Looks at a database file without changing it.</summary>
internal static class SqliteCheck
{
    /// <summary>"ZIGG": tells our files from those of other programs.</summary>
    public const int ApplicationId = 0x5A494747;

    private const int HeaderLength = 100;

    /// <summary>Returns the schema's version, or throws what is wrong.</summary>
    /// <param name="file">A file that exists.</param>
    /// <param name="backups">Where backups would be, for the sentence.</param>
    /// <param name="known">The newest schema that can be read.</param>
    /// <exception cref="StoreException">The file is not a sound store that this version can read.</exception>
    public static long Check(string file, string backups, long known)
    {
        try
        {
            CheckHeader(file, backups);
            // A read-only connection never writes the log back into the file, not even when it is closed.
            using var connection = SqliteFile.Open(file, SqliteOpenMode.ReadOnly);
            if (connection.Scalar("PRAGMA application_id") is not (long)ApplicationId)
            {
                throw new StoreException(StoreProblem.Foreign,
                    $"{file} is the database of another program. Set Persistence:ConnectionString or the home to another place.");
            }
            var version = (long)connection.Scalar("PRAGMA user_version")!;
            if (version > known) throw StoreErrors.Newer(file, backups, version, known);
            var finding = (string?)connection.Scalar("PRAGMA quick_check(1)");
            if (finding != "ok") throw StoreErrors.Damaged(file, backups, finding?.Split('\n')[^1] ?? "no answer");
            return version;
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw StoreErrors.Explain(e, file, backups);
        }
    }

    // https://www.sqlite.org/fileformat.html#the_database_header
    private static void CheckHeader(string file, string backups)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        using var handle = File.OpenHandle(file, share: FileShare.ReadWrite | FileShare.Delete);
        var length = RandomAccess.GetLength(handle);
        var read = RandomAccess.Read(handle, header, 0);
        if (read == 0) throw StoreErrors.Truncated(file, backups, 0, HeaderLength);
        if (!header[..Math.Min(read, 16)].SequenceEqual("SQLite format 3\0"u8[..Math.Min(read, 16)]))
            throw StoreErrors.NotADatabaseFile(file, backups);
        if (read < HeaderLength) throw StoreErrors.Truncated(file, backups, length, HeaderLength);

        var pageSize = BinaryPrimitives.ReadUInt16BigEndian(header[16..]) is var size && size == 1 ? 65536L : size;
        var expected = pageSize * BinaryPrimitives.ReadUInt32BigEndian(header[28..]);
        // With a log beside it the file may rightly be shorter: the log holds the rest.
        if (length < expected && LengthOf(file + "-wal") == 0) throw StoreErrors.Truncated(file, backups, length, expected);
    }

    private static long LengthOf(string file) => new FileInfo(file) is { Exists: true } info ? info.Length : 0;
}
