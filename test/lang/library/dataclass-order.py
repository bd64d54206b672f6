from dataclasses import dataclass


@dataclass(order=True)
class Version:
    major: int
    minor: int = 0


versions = [Version(2), Version(1, 5), Version(1)]
print(sorted(versions), min(versions), max(versions))  # expect: [Version(major=1, minor=0), Version(major=1, minor=5), Version(major=2, minor=0)] Version(major=1, minor=0) Version(major=2, minor=0)
print(Version(1) < Version(1, 1), Version(2) <= Version(1), Version(2) > Version(1, 9), Version(1) >= Version(1))  # expect: True False True True
try:
    Version(1) < 2
except TypeError as error:
    print(error)  # expect: '<' not supported between instances of 'Version' and 'int'
