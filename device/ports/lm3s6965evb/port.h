// What the files of this port share.
#pragma once
#include <stdbool.h>
#include <stdint.h>

#define REGISTER(address) (*(volatile uint32_t *)(address))
#define RCGC0 REGISTER(0x400fe100)
#define RCGC1 REGISTER(0x400fe104)
#define RCGC2 REGISTER(0x400fe108)
#define NVIC_ENABLE REGISTER(0xe000e100)

#define CLOCK_HZ 50000000u

void clock_init(void);
uint64_t clock_ms(void);
void clock_tick(void);          // interrupt handler

void uart_init(void);
uint32_t uart_receive(uint8_t *to, uint32_t bytes);   // what has come
bool uart_waiting(void);       // bytes have come
void uart_send(const uint8_t *data, uint32_t bytes);
void uart_interrupt(void);      // interrupt handler
