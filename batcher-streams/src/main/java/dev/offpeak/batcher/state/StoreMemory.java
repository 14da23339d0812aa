package dev.offpeak.batcher.state;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.Filter;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * Bounds the memory of all RocksDB stores of the process together, which Kafka Streams by itself
 * does not: it gives each store its own 50 MB cache and 48 MB of write buffers.
 */
public final class StoreMemory implements RocksDBConfigSetter {

  private static final long CACHE_BYTES = 32L << 20;
  private static final long WRITE_BUFFERS_BYTES = 16L << 20;
  private static final long WRITE_BUFFER_BYTES = 8L << 20;
  private static final int WRITE_BUFFERS = 2;
  private static final int BLOCK_BYTES = 4 << 10;
  private static final double BLOOM_BITS_PER_KEY = 10;
  private static final double MEMTABLE_BLOOM_SHARE = 0.05;

  static {
    RocksDB.loadLibrary();
  }

  // Shared by all stores for the life of the process, hence never closed.
  private static final Cache CACHE = new LRUCache(CACHE_BYTES);
  private static final Filter SEEN_IDS = new BloomFilter(BLOOM_BITS_PER_KEY);
  private static final WriteBufferManager WRITE_BUFFER_MANAGER =
      new WriteBufferManager(WRITE_BUFFERS_BYTES, CACHE);

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> configs) {
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(CACHE);
    table.setCacheIndexAndFilterBlocks(true);
    table.setPinTopLevelIndexAndFilter(true);
    table.setBlockSize(BLOCK_BYTES);
    // Most look-ups are for ids never seen; the filters answer them without reading the disk and
    // without searching what is not there yet.
    table.setFilterPolicy(SEEN_IDS);
    table.setPinL0FilterAndIndexBlocksInCache(true);
    options.setMemtableWholeKeyFiltering(true);
    options.setMemtablePrefixBloomSizeRatio(MEMTABLE_BLOOM_SHARE);
    options.setWriteBufferManager(WRITE_BUFFER_MANAGER);
    options.setWriteBufferSize(WRITE_BUFFER_BYTES);
    options.setMaxWriteBufferNumber(WRITE_BUFFERS);
    options.setTableFormatConfig(table);
  }

  @Override
  public void close(String storeName, Options options) {
    // Everything set here is shared by all stores.
  }
}
