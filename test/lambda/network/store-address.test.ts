import { storeAddressOf } from '../../../lambda/network/store-address';

test.each([
  ['jdbc:postgresql://db.example.com:5432/orders', 'db.example.com', 5432],
  ['jdbc:postgresql://db.example.com/orders?sslmode=require', 'db.example.com', 5432],
  ['jdbc:postgresql://user:p%40ss@db.example.com:6000/orders', 'db.example.com', 6000],
  ['jdbc:postgresql://user:p@ss@db.example.com:6000/orders', 'db.example.com', 6000],
  ['jdbc:postgresql://[2001:db8::7]:5432/orders', '2001:db8::7', 5432],
  ['jdbc:mysql://DB.Example.com.:3307/orders', 'db.example.com', 3307],
  ['jdbc:mysql://10.0.0.5/orders', '10.0.0.5', 3306],
  ['jdbc:mariadb://db/orders', 'db', 3306],
  ['jdbc:sqlserver://db.example.com:1433;databaseName=orders;user=a@b', 'db.example.com', 1433],
  ['jdbc:sqlserver://db.example.com;database=orders', 'db.example.com', 1433],
  ['jdbc:oracle:thin:@db.example.com:1522:ORCL', 'db.example.com', 1522],
  ['jdbc:oracle:thin:@//db.example.com:1521/service', 'db.example.com', 1521],
  ['jdbc:oracle:thin://@db.example.com:1521/service', 'db.example.com', 1521],
  ['jdbc:oracle:thin:user/password@db.example.com:1521:ORCL', 'db.example.com', 1521],
  ['jdbc:oracle:thin:@db.example.com/service', 'db.example.com', 1521],
  [
    'jdbc:redshift://cluster.abc.eu-west-1.redshift.amazonaws.com:5439/dev',
    'cluster.abc.eu-west-1.redshift.amazonaws.com',
    5439,
  ],
  ['jdbc:redshift:iam://cluster:5439/dev', 'cluster', 5439],
  ['jdbc:snowflake://ab12345.snowflakecomputing.com/?db=orders', 'ab12345.snowflakecomputing.com', 443],
  ['mongodb://user:pw@mongo.example.com:27018/orders', 'mongo.example.com', 27_018],
  ['mongodb://mongo.example.com/orders', 'mongo.example.com', 27_017],
  ['jdbc:db2://db:50001/orders', 'db', 50_001],
  ['jdbc:sap://hana:39015/', 'hana', 39_015],
  ['jdbc:unheard-of://db/orders', undefined, undefined],
  ['jdbc:unknown://db/orders', 'db', undefined],
  // Not one host, or not for certain
  ['mongodb+srv://cluster0.abc.mongodb.net/orders', undefined, undefined],
  ['jdbc:postgresql://one:5432,two:5432/orders', undefined, undefined],
  ['jdbc:mysql://user:pa/ss@db:3306/orders', undefined, undefined],
  ['jdbc:mysql://user:12/34@db:3306/orders', undefined, undefined],
  ['jdbc:oracle:thin:@(DESCRIPTION=(ADDRESS=(HOST=db)(PORT=1521)))', undefined, undefined],
  ['jdbc:sqlserver://db\\INSTANCE;database=orders', undefined, undefined],
  ['jdbc:postgresql://db:99999/orders', 'db', undefined],
  ['', undefined, undefined],
])('the URL %s leads to %s, port %s', (JDBC_CONNECTION_URL, host, port) => {
  expect(storeAddressOf({ JDBC_CONNECTION_URL })).toEqual(host === undefined ? {} : { host, port });
});

test.each([
  [
    { HOST: 'db.example.com', PORT: '5432' },
    { host: 'db.example.com', port: 5432 },
  ],
  [{ HOST: 'db.example.com' }, { host: 'db.example.com' }],
  [{ CONNECTION_URL: 'mongodb://db:27017/orders' }, { host: 'db', port: 27_017 }],
  [{ KAFKA_BOOTSTRAP_SERVERS: 'b-1.kafka:9094' }, { host: 'b-1.kafka', port: 9094 }],
  [{ KAFKA_BOOTSTRAP_SERVERS: 'b-1.kafka:9094,b-2.kafka:9094' }, {}],
  [{}, {}],
])('the properties %j lead to %j', (properties, address) => {
  expect(storeAddressOf(properties)).toEqual(address);
});
